// SPDX-License-Identifier: GPL-2.0-or-later

// Load on an etcd cluster through its gRPC interface, the same as key_load.c puts on a
// grid: clients, each with a connection of its own to one of the members, do one operation
// after the other. Prints one JSON object a line, for tools/testing/bench/run.
//
//	etcd_load ROW put|get|rmw CLIENTS OPERATIONS ENDPOINT...
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
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	key := fmt.Sprintf("bench/%010d", c.rng.Intn(keys))
	var err error
	switch kind {
	case "put":
		_, err = c.etcd.Put(ctx, key, strings.Repeat("v", valueBytes))
	case "get":
		_, err = c.etcd.Get(ctx, key)
	default:
		err = c.rmw(ctx, key)
	}
	return err
}

func main() {
	if len(os.Args) < 6 {
		fail(fmt.Errorf("usage: etcd_load ROW put|get|rmw CLIENTS OPERATIONS ENDPOINT..."))
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
	left := operations
	start := time.Now()
	var group sync.WaitGroup
	for i := range all {
		group.Add(1)
		go func(c *client) {
			defer group.Done()
			for atomic.AddInt64(&left, -1) >= 0 {
				begun := time.Now()
				if err := c.one(kind); err != nil {
					fail(err)
				}
				c.took = append(c.took, time.Since(begun))
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
	fmt.Printf("{\"name\": %q, \"value\": %.0f, \"unit\": \"1/s\", \"p50_us\": %d, \"p99_us\": %d}\n",
		row, float64(n)/seconds, took[n/2].Microseconds(), took[n*99/100].Microseconds())
}
