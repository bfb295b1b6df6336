select reason, count(*) as parcels, sum(amount) as refunded
  from service.returns
 where booked_at >= current_date - 7
 group by reason
 order by parcels desc;
