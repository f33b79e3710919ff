// A program whose runtime makes its system calls itself, in goroutines on small stacks, on threads that are preempted by
// signals: mutating work under names of its own, and how much there was of it, for ledger.py.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
)

var serial, works, victims, failures int64

func must(err error) {
	if err != nil {
		atomic.AddInt64(&failures, 1)
		fmt.Println("not so:", err)
	}
}

func work(who string, unlink func(string) error) {
	n := atomic.AddInt64(&serial, 1)
	name := fmt.Sprintf("%s-%d-%d", who, os.Getpid(), n)
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0600)
	must(err)
	must(file.Close())
	must(os.Rename(name, name+".r"))
	must(unlink(name + ".r"))
	must(os.Mkdir(name+".d", 0700))
	must(syscall.Rmdir(name + ".d"))
	atomic.AddInt64(&works, 1)
	if n%3 == 0 {
		if err := unlink("victim"); err != syscall.EPERM {
			must(fmt.Errorf("a victim: %v", err))
		}
		atomic.AddInt64(&victims, 1)
	}
}

func goroutines(unlinks []func(string) error) {
	var group sync.WaitGroup
	for i := 0; i < 40; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			if i%4 == 0 {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
			}
			for n := 0; n < 4; n++ {
				garbage := make([][]byte, 0)
				for spin := 0; spin < 50; spin++ {
					garbage = append(garbage, make([]byte, 4096))
				}
				work("go", unlinks[(i+n)%len(unlinks)])
				runtime.KeepAlive(garbage)
			}
		}(i)
	}
	runtime.GC()
	group.Wait()
}

func speak() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go func() {
		connection, err := listener.Accept()
		must(err)
		work("accepted", syscall.Unlink)
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
		must(fmt.Errorf("heard %q", text))
	}
}

func children() {
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			command := exec.Command(os.Args[0], "child")
			command.Stdout = os.Stdout
			must(command.Run())
		}()
	}
	group.Wait()
}

func main() {
	if len(os.Args) > 1 {
		work("child", syscall.Unlink)
	} else {
		goroutines(append(unlinksOfC(), syscall.Unlink))
		speak()
		children()
	}
	fmt.Println("ledger", works, victims)
	if failures != 0 {
		os.Exit(1)
	}
}
