-- turnover in euro, a row a day, store and article
truncate mart.store_daily;
insert into mart.store_daily
select f.day, f.store, f.article, sum(f.qty), sum(f.amount * r.rate) as turnover_eur
  from dwh.fact_sales f
  join dwh.fx_rate r on r.currency = f.currency and r.week = date_trunc('week', f.day)
 group by 1, 2, 3;
