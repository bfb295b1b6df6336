#!/usr/bin/env ruby
# frozen_string_literal: true

require 'net/ldap'
require 'json'

OUT = '/var/lib/people/people.json'
BASE = 'ou=people,dc=kontor,dc=example'

ldap = Net::LDAP.new(host: 'ldap.kontor.example', port: 389)
people = ldap.search(base: BASE, filter: Net::LDAP::Filter.eq('objectClass', 'person')).map do |entry|
  { uid: entry[:uid].first, name: entry[:cn].first, phone: entry[:telephonenumber].first, badge: entry[:employeenumber].first }
end

abort 'no people?' if people.length < 10
File.write("#{OUT}.new", JSON.pretty_generate(people))
File.rename("#{OUT}.new", OUT)
