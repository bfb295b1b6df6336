#!/usr/bin/env ruby
require 'tiny_tds'
require 'prawn'
require 'date'

OUT = '/home/reports/out'

client = TinyTds::Client.new(host: 'erp', username: 'reports', password: ENV.fetch('ERP_PASS'))
rows = client.execute('SELECT person, first_day, last_day FROM erp.leave_request WHERE last_day >= GETDATE()')

Prawn::Document.generate(File.join(OUT, "20-leave-#{Date.today}.pdf")) do
  rows.each { |r| text "#{r['person']}  #{r['first_day']} - #{r['last_day']}" }
end
