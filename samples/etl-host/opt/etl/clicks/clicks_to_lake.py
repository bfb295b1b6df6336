#!/usr/bin/env python3
"""Copy yesterday's click events into the lake, one object an hour, and mark the day as complete."""

import datetime
import gzip

import boto3

EVENTS = "nordlicht-events"
LAKE = "nordlicht-lake"


def main():
    s3 = boto3.client("s3", region_name="eu-central-1")
    day = datetime.date.today() - datetime.timedelta(days=1)
    for hour in range(24):
        lines = []
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=EVENTS, Prefix=f"web/{day:%Y/%m/%d}/{hour:02}/")
        for page in pages:
            for item in page.get("Contents", []):
                body = s3.get_object(Bucket=EVENTS, Key=item["Key"])["Body"]
                lines.extend(gzip.decompress(body.read()).splitlines())
        s3.put_object(
            Bucket=LAKE, Key=f"clicks/raw/dt={day}/hour={hour:02}.json.gz", Body=gzip.compress(b"\n".join(lines))
        )
    s3.put_object(Bucket=LAKE, Key=f"clicks/raw/dt={day}/_SUCCESS", Body=b"")


if __name__ == "__main__":
    main()
