# Two rows of bars: gnuplot -e "data='...'; picture='...'" rates.gp
# Each line of the data: a name, answers a second, events decided a second, with tabs between.
set datafile separator "\t"
set terminal svg size 960,360 font "sans-serif,13" background rgb "white"
set output picture
set multiplot layout 1,2
set style fill solid 0.9 noborder
set yrange [*:*] reverse
set xrange [0:*]
set xtics format "%.0f" rotate by -30
set grid xtics
unset key
set title "Answers a second, 64 connections"
plot data using (0):0:(0):2:($0 - 0.3):($0 + 0.3):ytic(1) with boxxyerror linecolor rgb "#33658a"
set title "Events decided a second, backlog flat"
plot data using (0):0:(0):3:($0 - 0.3):($0 + 0.3):ytic(1) with boxxyerror linecolor rgb "#f26419"
unset multiplot
