# The work of a shell and of programs that it starts, at once and in turn: with a busybox, works.sh BUSYBOX
busybox=$1
work() {
    : > "$1"
    $busybox mv "$1" "$1.r"
    $busybox rm "$1.r"
    $busybox mkdir "$1.d"
    $busybox rmdir "$1.d"
}
for i in 1 2 3 4 5 6; do
    work "behind-$i" &
done
for i in 1 2 3 4; do
    work "before-$i"
    ! $busybox rm -f victim 2> /dev/null || echo "not so: a victim is gone"
done
wait
echo "ledger 10 4"
