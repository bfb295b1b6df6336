set terminal png size 1200,600
set datafile separator ","
set title "Hardness"
plot csv using 1:7 with lines
