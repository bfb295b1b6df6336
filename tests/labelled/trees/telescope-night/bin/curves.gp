set terminal png
set output out
set datafile separator ","
files = system("ls /data/dome2/curves/*.csv")
plot for [f in files] f using 1:2 with points notitle
