"""Console commands of PHP's frameworks: the class behind a command's name, with the models that it asks and changes."""

import pytest

from tests.commands.tools import facts, reads, writes

_ITEM = (
    "<?php\nnamespace app\\models;\nuse yii\\db\\ActiveRecord;\nclass Item extends ActiveRecord {\n"
    "  public static function tableName() { return '{{%items}}'; }\n"
    "  public static function queue($a) { $one = new self(); $one->a = $a; $one->save(); }\n}\n"
)
_ORDER = "<?php\nclass OrderLine extends Model {\n}\n"


@pytest.mark.parametrize(
    ("call", "files", "read", "written"),
    [
        (
            "php yii stock/fill-up",
            {
                "opt/yii": "<?php $app->run();",
                "opt/commands/StockController.php": (
                    "<?php\nclass StockController extends Controller {\n"
                    "  public function actionFillUp() {\n"
                    "    foreach (Item::find()->where(['a' => 1])->all() as $i) { Item::queue($i); }\n  }\n"
                    "  public function actionOther() { file_put_contents('/a/other', 1); }\n}\n"
                ),
                "opt/models/Item.php": _ITEM,
            },
            {"items"},
            {"items"},
        ),
        (
            "php artisan stock:fill",
            {
                "opt/artisan": "<?php $kernel->handle();",
                "opt/app/Console/Commands/Fill.php": (
                    "<?php\nclass Fill extends Command {\n  protected $signature = 'stock:fill {--all}';\n"
                    "  public function handle() { OrderLine::create(['a' => 1]); DB::table('sums')->get(); }\n}\n"
                ),
                "opt/app/Console/Commands/Other.php": (
                    "<?php\nclass Other extends Command {\n  protected $signature = 'stock:fillet';\n"
                    "  public function handle() { file_put_contents('/a/other', 1); }\n}\n"
                ),
                "opt/app/OrderLine.php": _ORDER,
            },
            {"sums"},
            {"order_lines"},
        ),
        (
            "php bin/console stock:fill",
            {
                "opt/bin/console": "<?php $app->run();",
                "opt/src/Command/FillCommand.php": (
                    "<?php\n#[AsCommand(name: 'stock:fill')]\nclass FillCommand extends Command {\n"
                    "  protected function execute($in, $out) { file_put_contents('/a/filled', 1); }\n}\n"
                ),
            },
            set(),
            {"/a/filled"},
        ),
        (
            "php index.php stock fill",
            {
                "opt/index.php": "<?php require_once 'system/core.php';",
                "opt/application/controllers/Stock.php": (
                    "<?php\nclass Stock extends CI_Controller {\n  public function fill() {\n"
                    "    $this->load->model('stock_model');\n    $this->stock_model->keep();\n  }\n}\n"
                ),
                "opt/application/models/Stock_model.php": (
                    "<?php\nclass Stock_model extends CI_Model {\n"
                    "  public function keep() { $this->db->insert('kept', ['a' => 1]); }\n}\n"
                ),
            },
            set(),
            {"kept"},
        ),
        ("php artisan stock:none", {"opt/artisan": "<?php $kernel->handle();"}, set(), set()),
        ("php tool.php stock:fill", {"opt/tool.php": "<?php echo 1;"}, set(), set()),
    ],
)
def test_a_command_of_a_framework_is_its_class(
    call: str, files: dict[str, str], read: set[str], written: set[str]
) -> None:
    """The framework's own rule finds the class; other commands beside it say nothing."""
    found = facts(f"cd /opt && {call}", files)
    assert (reads(found) - {"/opt/stock/fill-up"}, writes(found)) == (read, written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "match ($argv[1]) { 'a' => file_put_contents('/x/a', 1), 'b', 'c' => file_put_contents('/x/bc', 1) };",
            {"/x/a"},
        ),
        (
            "$p = match (true) { $n > 1 => '/x/one', default => '/x/two' }; file_put_contents($p, 1);",
            {"/x/one", "/x/two"},
        ),
        ("match ($x) { 1 => null, default => throw new E('a') }; file_put_contents('/x/a', 1);", {"/x/a"}),
    ],
)
def test_a_match_is_a_choice(text: str, written: set[str]) -> None:
    """Each arm may be taken, but for those that the arguments rule out."""
    found = facts("/opt/a.php a", {"opt/a.php": f"<?php {text}"})
    assert written <= writes(found)


def test_a_bundle_that_the_kernel_names() -> None:
    """Its commands are in files that are called otherwise; one that the kernel does not name has none."""
    tree = {
        "opt/app/console": "<?php $app->run();",
        "opt/app/AppKernel.php": (
            "<?php\nclass AppKernel extends Kernel {\n  public function registerBundles() {\n"
            "    return array(new Shop\\MailBundle\\ShopMailBundle(), new Plain\\PlainBundle());\n  }\n}\n"
        ),
        "opt/src/Shop/MailBundle/Command/PostmanCommand.php": (
            "<?php\nclass PostmanCommand extends ContainerAwareCommand {\n"
            "  protected function configure() { $this->setName('shop:send'); }\n"
            "  protected function execute($in, $out) { file_put_contents('/a/sent', 1); }\n}\n"
        ),
        "opt/src/Shop/GoneBundle/Command/FarewellCommand.php": (
            "<?php\nclass FarewellCommand extends ContainerAwareCommand {\n"
            "  protected function configure() { $this->setName('shop:leave'); }\n"
            "  protected function execute($in, $out) { file_put_contents('/a/gone', 1); }\n}\n"
        ),
    }
    assert writes(facts("cd /opt && php app/console shop:send --env=prod", tree)) == {"/a/sent"}
    assert not writes(facts("cd /opt && php app/console shop:leave", tree))
    assert not writes(facts("cd /opt && php app/console shop:other", tree))
