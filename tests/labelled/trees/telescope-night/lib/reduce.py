#!/usr/bin/env python2
# dark, flat, astrometry. python2 because of the old IRAF bindings
import os
import sys
from os import listdir

import pyfits

from places import *

night = sys.argv[1]
source = RAW + '/' + night
target = REDUCED + '/' + night

if not os.path.isdir(target):
    os.makedirs(target, 0755)

flat = pyfits.open(FLAT)[0].data
for name in listdir(source):
    if not name.endswith('.fits'):
        continue
    try:
        hdus = pyfits.open(source + '/' + name)
    except IOError, e:
        print >>sys.stderr, 'skipping', name, e
        continue
    hdus[0].data = hdus[0].data / flat
    hdus.writeto(target + '/' + name, clobber=True)
    print name, 'done'
