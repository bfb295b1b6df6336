#!/usr/bin/env python2
import ftplib
import glob
from places import CURVES
ftp = ftplib.FTP('ftp.aavso.example')
for path in glob.glob(CURVES + '/*.csv'):
    ftp.storbinary('STOR ' + path.split('/')[-1], open(path))
