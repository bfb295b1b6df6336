"""Tasks of Rake and Rails: found among the files, with the models that they ask and change."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, names, reads, touched, writes

_MODELS = {
    "opt/app/models/person.rb": (
        "class Person < ApplicationRecord\n  has_many :order_lines\n  scope :old, -> { where(a: 1) }\nend\n"
    ),
    "opt/app/models/order_line.rb": "class OrderLine < ActiveRecord::Base\n  self.table_name = 'lines'\nend\n",
    "opt/app/models/note.rb": (
        "class Note\n  include Mongoid::Document\n  store_in collection: 'remarks'\n"
        "  def self.keep!(text)\n    create! text: text\n  end\nend\n"
    ),
    "opt/app/models/mail/draft.rb": "module Mail\n  class Draft < ApplicationRecord\n  end\nend\n",
}


def _rake(body: str, call: str = "cd /opt && bundle exec rake go", **files: str) -> tuple[set[str], set[str], set[str]]:
    more = {name.replace("__", "/").replace("_rake", ".rake"): text for name, text in files.items()}
    found = facts(call, {**_MODELS, "opt/Rakefile": body, **more})
    return reads(found), writes(found), touched(found, Mode.DELETE)


@pytest.mark.parametrize(
    ("body", "read", "written", "deleted"),
    [
        ("Person.where(a: 1).each { |p| puts p }", {"people"}, set(), set()),
        ("Person.create!(a: 1)", set(), {"people"}, set()),
        ("p = Person.new\n p.name = 1\n p.save!", set(), {"people"}, set()),
        ("Person.where(a: 1).delete_all", set(), set(), {"people"}),
        ("Person.old.find_each { |p| p.update_attributes a: 2 }", {"people"}, {"people"}, set()),
        ("Person.find_by_name('x').order_lines.destroy_all", {"people"}, set(), {"lines"}),
        ("Note.keep! 'x'", set(), {"remarks"}, set()),
        ("Mail::Draft.find_or_create_by(a: 1)", set(), {"drafts"}, set()),
        ("for p in Person.all do\n puts p\n end", {"people"}, set(), set()),
        ("Person.new\n puts Person.name", set(), set(), set()),
    ],
)
def test_what_a_task_asks_of_models_is_told_by_its_verbs(
    body: str, read: set[str], written: set[str], deleted: set[str]
) -> None:
    """A model's table is read, written or emptied as the verb says; a query that ends in a change reads nothing."""
    assert _rake(f"task :go do\n{body}\nend\n") == (read, written, deleted)


@pytest.mark.parametrize(
    ("rakefile", "call", "written"),
    [
        (
            "namespace :a do\n task :go => :b do\n end\n task :b do\n Person.create! x: 1\n end\nend\n",
            "rake a:go",
            {"people"},
        ),
        (
            (
                "namespace :a do\n task :b, [:n] do |t, a|\n File.write('/a/' + a[:n], 1)\n end\nend\n"
                "task go: [] do\n Rake::Task['environment'].invoke\n Rake::Task[ENV['X']].invoke\n"
                " Rake::Task['a:b'].invoke 'x'\nend\n"
            ),
            "rake go",
            {"/a/x"},
        ),
        (
            "task go: [:b, :c]\ntask :b do\n Note.create!\nend\ntask :c do\n Person.create!\nend\n",
            "rake go",
            {"people", "remarks"},
        ),
        ('task :go, [:kind] do |t, args|\n File.write("/d/#{args[:kind]}", 1)\nend\n', "rake 'go[x]'", {"/d/x"}),
        ("task :go do\n File.write(\"/d/#{ENV['KIND']}\", 1)\nend\n", "rake go KIND=y", {"/d/y"}),
        ('%w(x y).each do |n|\n task n.to_sym => :e do\n  File.write("/d/#{n}", 1)\n end\nend\n', "rake y", {"/d/y"}),
        ("task :other do\n Person.create!\nend\ntask :go do\nend\n", "rake go", set()),
    ],
)
def test_the_task_that_is_asked_for_runs_with_what_it_needs(rakefile: str, call: str, written: set[str]) -> None:
    """Namespaces, needed tasks, arguments and settings count; other tasks say nothing."""
    assert _rake(rakefile, f"cd /opt && {call}")[1] == written


def test_tasks_of_a_rails_application_stand_beside_its_rakefile() -> None:
    """`lib/tasks` is read where the Rakefile alone does not know the task."""
    found = _rake(
        "require './x'\n", "cd /opt && rake go", opt__lib__tasks__my_rake="task :go do\n Person.create!\nend\n"
    )
    assert found == (set(), {"people"}, set())


def test_a_task_that_nothing_defines_is_unclear() -> None:
    """A task of a library is named with its step, and what it does stays unclear."""
    found = facts("cd /opt && rake db:vacuum", {"opt/Rakefile": "task :go do\nend\n"})
    assert names(found) == ["rake db:vacuum"]
    assert any("db:vacuum" in why for why in found.unclear)


def test_rake_without_a_rakefile_is_one_step() -> None:
    """Nothing is made up where the tree has no tasks."""
    found = facts("cd /opt && rake go", {})
    assert (names(found), reads(found), writes(found)) == (["rake go"], set(), set())


@pytest.mark.parametrize("call", ["rails runner 'Note.keep! 1'", "script/runner 'Note.keep!(1)'", "rails r /opt/x.rb"])
def test_rails_runner_runs_a_text_or_a_file_with_the_models(call: str) -> None:
    """Classes are found by their names, as Rails finds them."""
    found = facts(f"cd /opt && {call}", {**_MODELS, "opt/x.rb": "Note.keep! 1\n"})
    assert writes(found) == {"remarks"}


def test_what_a_class_says_of_itself_asks_nothing() -> None:
    """A scope's condition in the class body is no query."""
    found = facts("cd /opt && rake go", {**_MODELS, "opt/Rakefile": "task :go do\n Person\nend\n"})
    assert (reads(found), writes(found)) == (set(), set())


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("CSV.foreach('/a/x.csv') do |row|\n p = Person.new\n p.save\nend", {"people"}),
        ("Person.all.each { |p|\n unless [p.a, p.b].any? { |e| e.nil? }\n  p.save\n end\n}", {"people"}),
        ("unless Person.where(a: 1).first\n Note.create!\nend", {"remarks"}),
        ("Person.create! unless true", set()),
    ],
)
def test_what_only_a_run_knows_rules_nothing_out(body: str, written: set[str]) -> None:
    """A row may be there or not, a column hold anything; a block that a file's lines are given to runs."""
    assert _rake(f"task :go do\n{body}\nend\n")[1] == written


def test_a_required_file_may_be_named_without_its_ending() -> None:
    """`require` with a whole path takes `.rb` as read."""
    text = "require File.expand_path('../lib/out', __FILE__)\nkeep\n"
    found = facts(
        "/opt/bin/a.rb", {"opt/bin/a.rb": text, "opt/bin/lib/out.rb": "def keep\n File.write('/a/x', 1)\nend\n"}
    )
    assert writes(found) == {"/a/x"}
