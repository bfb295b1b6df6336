"""Programs that the commands of real crontabs begin with: no user is called so, and no sentence begins so."""

_NAMES = """
    apt apt-get artisan awk aws bash borg bundle cat cd certbot chronic composer cp csh curl dash date dnf docker
    docker-compose drush echo env exec export find flock for gcloud git go grep gzip if ionice java kill killall ksh
    kubectl logger mail mailx make mongodump mv mysql mysqldump nice node nohup npm npx perl pg_dump php pkill podman
    psql python python2 python3 rake rclone reboot restic rm rsync ruby run-parts s3cmd scp screen sed service set sh
    shutdown sleep source sqlite3 ssh su sudo systemctl tail tar test time timeout tmux touch true wget while wp yarn
    yum zip zsh
"""
USUAL_PROGRAMS = frozenset(_NAMES.split())
