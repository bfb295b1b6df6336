begin;
delete from dwh.fact_sales where day = current_date - 1;
insert into dwh.fact_sales (day, store, article, card_no, qty, amount, currency)
select l.day, l.store, l.article, c.card_no, l.qty, l.amount, l.currency
  from stg.pos_line l
  left join dwh.dim_customer c on c.card_no = l.card_no;
commit;
