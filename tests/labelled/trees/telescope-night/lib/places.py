import os

BASE = '/data/dome2'
if os.path.exists('/home/observer/TESTING'):
    BASE = os.path.expanduser('~/test-dome2')

RAW = BASE + '/raw'
REDUCED = BASE + '/reduced'
PHOT = os.path.join(BASE, 'phot')
CURVES = os.path.join(BASE, 'curves')
FLAT = BASE + '/calib/flat.fits'
