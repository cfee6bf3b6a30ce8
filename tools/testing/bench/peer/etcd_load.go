// SPDX-License-Identifier: GPL-2.0-or-later

// Load on an etcd cluster through its gRPC interface, the same as key_load.c puts on a
// grid: clients, each with a connection of its own to one of the members, do one operation
// after the other. Prints one JSON object a line, for tools/testing/bench/run.
//
//	etcd_load ROW put|get|rmw CLIENTS OPERATIONS ENDPOINT...
//	etcd_load ROW gap CLIENTS MILLISECONDS ENDPOINT...   the longest put, tried again when it fails
//	etcd_load ROW leader 1 1 ENDPOINT...                 number of the endpoint that leads
package main

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/etcd/clientv3"
)

const (
	keys       = 10000
	valueBytes = 100
	timeout    = 20 * time.Second
	// One try of a gap: without it etcd lets a request wait for many seconds.
	tryTimeout = 500 * time.Millisecond
	pace       = 10 * time.Millisecond
)

type client struct {
	etcd *clientv3.Client
	rng  *rand.Rand
	took []time.Duration
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "etcd_load:", err)
	os.Exit(1)
}

// rmw reads a key and writes it when nobody has written it since; otherwise begins anew.
func (c *client) rmw(ctx context.Context, key string) error {
	for {
		got, err := c.etcd.Get(ctx, key)
		if err != nil {
			return err
		}
		var revision int64
		value := strings.Repeat("v", valueBytes)
		if len(got.Kvs) > 0 {
			revision = got.Kvs[0].ModRevision
			value = string(got.Kvs[0].Value)
		}
		unchanged := clientv3.Compare(clientv3.ModRevision(key), "=", revision)
		done, err := c.etcd.Txn(ctx).If(unchanged).Then(clientv3.OpPut(key, value)).Commit()
		if err != nil || done.Succeeded {
			return err
		}
	}
}

func (c *client) one(kind string) error {
	limit := timeout
	if kind == "gap" {
		limit = tryTimeout
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	key := fmt.Sprintf("bench/%010d", c.rng.Intn(keys))
	var err error
	switch kind {
	case "put", "gap":
		_, err = c.etcd.Put(ctx, key, strings.Repeat("v", valueBytes))
	case "get":
		_, err = c.etcd.Get(ctx, key)
	default:
		err = c.rmw(ctx, key)
	}
	return err
}

// again asks until it is done.
func (c *client) again(kind string) {
	for c.one(kind) != nil {
		time.Sleep(5 * time.Millisecond)
	}
}

func printLeader(c *clientv3.Client, endpoints []string) {
	for i, endpoint := range endpoints {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		status, err := c.Status(ctx, endpoint)
		cancel()
		if err == nil && status.Leader == status.Header.MemberId {
			fmt.Println(i)
			return
		}
	}
	fail(fmt.Errorf("nobody leads"))
}

func main() {
	if len(os.Args) < 6 {
		fail(fmt.Errorf("usage: etcd_load ROW put|get|rmw|gap|leader CLIENTS OPERATIONS ENDPOINT..."))
	}
	row, kind := os.Args[1], os.Args[2]
	clients, err := strconv.Atoi(os.Args[3])
	if err != nil || clients < 1 || clients > 512 {
		fail(fmt.Errorf("bad number of clients"))
	}
	operations, err := strconv.ParseInt(os.Args[4], 10, 32)
	if err != nil || operations < 1 {
		fail(fmt.Errorf("bad number of operations"))
	}
	endpoints := os.Args[5:]
	all := make([]client, clients)
	for i := range all {
		all[i].etcd, err = clientv3.New(clientv3.Config{
			Endpoints:   []string{endpoints[i%len(endpoints)]},
			DialTimeout: timeout,
		})
		if err != nil {
			fail(err)
		}
		all[i].rng = rand.New(rand.NewSource(int64(i + 1)))
		// The first call opens the connection.
		if err = all[i].one("get"); err != nil {
			fail(err)
		}
	}
	if kind == "leader" {
		printLeader(all[0].etcd, endpoints)
		return
	}
	left := operations
	start := time.Now()
	until := start.Add(time.Duration(operations) * time.Millisecond)
	more := func() bool {
		if kind == "gap" {
			return time.Now().Before(until)
		}
		return atomic.AddInt64(&left, -1) >= 0
	}
	var group sync.WaitGroup
	for i := range all {
		group.Add(1)
		go func(c *client) {
			defer group.Done()
			for more() {
				begun := time.Now()
				if kind == "gap" {
					c.again(kind)
				} else if err := c.one(kind); err != nil {
					fail(err)
				}
				c.took = append(c.took, time.Since(begun))
				if kind == "gap" {
					time.Sleep(pace)
				}
			}
		}(&all[i])
	}
	group.Wait()
	seconds := time.Since(start).Seconds()
	var took []time.Duration
	for i := range all {
		took = append(took, all[i].took...)
	}
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	n := len(took)
	value, unit := float64(n)/seconds, "1/s"
	if kind == "gap" {
		value, unit = float64(took[n-1].Microseconds())/1000, "ms"
	}
	fmt.Printf("{\"name\": %q, \"value\": %.0f, \"unit\": %q, \"p50_us\": %d, \"p99_us\": %d}\n",
		row, value, unit, took[n/2].Microseconds(), took[n*99/100].Microseconds())
}
