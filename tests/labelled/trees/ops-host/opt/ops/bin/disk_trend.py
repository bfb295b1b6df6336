#!/usr/bin/python3
"""Growth of the file systems, from the RRDs that collectd keeps."""
import glob
import subprocess

for rrd in sorted(glob.glob("/var/lib/collectd/rrd/*/df-*/percent_bytes-used.rrd")):
    out = subprocess.check_output(["rrdtool", "fetch", rrd, "AVERAGE", "-s", "-30d", "-r", "86400"], text=True)
    values = [line.split()[1] for line in out.splitlines()[2:] if "nan" not in line]
    if values:
        print(rrd.split("/")[-2], float(values[-1]) - float(values[0]))
