#!/usr/bin/env python2
# the mast's readings of the hour
import time
import urllib2

text = urllib2.urlopen('http://mast.dome2.example/now').read()
log = open('/data/dome2/weather/%s.log' % time.strftime('%Y%m'), 'a')
print >>log, time.strftime('%F %T'), text.strip()
