// A static program whose runtime makes every system call itself: goroutines on small stacks, threads that are
// preempted by signals, alternate signal stacks.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// Calls from many goroutines at once, some locked to threads, under garbage collection and preemption.
func busy() {
	var group sync.WaitGroup
	for i := 0; i < 100; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			if i%4 == 0 {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
			}
			kept := make([][]byte, 0)
			for n := 0; n < 200; n++ {
				kept = append(kept, make([]byte, 4096))
				if _, err := os.Stat("/"); err != nil || syscall.Getppid() <= 0 {
					os.Exit(1)
				}
				for spin := 0; spin < 10000; spin++ {
					_ = spin
				}
			}
			runtime.KeepAlive(kept)
		}(i)
	}
	group.Wait()
	runtime.GC()
}

func speak() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go func() {
		connection, err := listener.Accept()
		must(err)
		_, err = connection.Write([]byte("hello"))
		must(err)
		must(connection.Close())
	}()
	connection, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	text := make([]byte, 5)
	_, err = connection.Read(text)
	must(err)
	if string(text) != "hello" {
		os.Exit(1)
	}
}

func recovers() (caught bool) {
	defer func() { caught = recover() != nil }()
	var nothing *int
	return *nothing == 1
}

func main() {
	switch os.Args[1] {
	case "unlink":
		err := os.Remove(os.Args[2])
		if err != nil {
			fmt.Println(err.(*os.PathError).Err)
			os.Exit(0)
		}
		fmt.Println("done")
	case "busy":
		busy()
		speak()
		if !recovers() {
			os.Exit(1)
		}
		for i := 0; i < 20; i++ {
			must(exec.Command(os.Args[2]).Run())
		}
		path, err := os.Executable()
		must(err)
		fmt.Println("busy", path == os.Args[0])
	}
}
