select dept, person, sum(hours) from erp.timesheet where week = datepart(week, getdate()) group by dept, person
