set terminal png size 1200,600
set datafile separator ","
set title "Nitrate"
plot csv using 1:4 with lines
