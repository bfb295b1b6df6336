#!/usr/bin/env python2
import glob
import os

from places import PHOT, CURVES

curves = {}
for path in sorted(glob.glob(PHOT + '/*.dat')):
    night = os.path.basename(path)[:-4]
    for line in file(path):
        star, flux = line.split()
        curves.setdefault(star.strip('"'), []).append((night, flux))

for star, points in curves.iteritems():
    out = open('%s/%s.csv' % (CURVES, star), 'w')
    for night, flux in points:
        print >>out, '%s,%s' % (night, flux)
    out.close()
print len(curves), 'curves'
