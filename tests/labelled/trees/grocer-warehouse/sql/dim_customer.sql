-- new cards become customers, known ones are updated
insert into dwh.dim_customer (card_no, since, postcode)
select card_no, issued, postcode
  from stg.card
    on conflict (card_no) do update set postcode = excluded.postcode;
