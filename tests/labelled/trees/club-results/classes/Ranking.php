<?php
class Ranking
{
    public static function compute($year)
    {
        db()->query("delete from ranking where season = $year");
        $rows = db_all("
            select runner, count(*) as starts, min(seconds) as best
            from result
            where year(run_on) = $year
            group by runner
            order by best");
        foreach ($rows as $place => $row) {
            db_insert('ranking', array('season' => $year, 'place' => $place + 1, 'runner' => $row['runner']));
        }
    }

    public static function digest()
    {
        $text = '';
        foreach (db_all("
            select place, runner
            from ranking
            where season = year(now())
            order by place limit 20") as $row) {
            $text .= "{$row['place']}. {$row['runner']}\n";
        }
        tell('Ranking of the week', $text);
    }
}
