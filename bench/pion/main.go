// Command framecast-pion watches streams by WHEP and publishes files by WHIP, many at a time, on Pion. It prints JSON
// lines: events while it runs, a line for each viewer on request, and a summary at the end.
package main

import (
	"fmt"
	"os"
)

const usage = `usage: framecast-pion view|publish [options]

  view      watches a WHEP endpoint with any number of viewers and counts what reaches them
  publish   sends an IVF or Annex B H264 file to a WHIP endpoint in real time

framecast-pion view -help and framecast-pion publish -help name the options.
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "view":
		err = view(os.Args[2:])
	case "publish":
		err = publish(os.Args[2:])
	case "-help", "--help", "-h":
		fmt.Print(usage)
	default:
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}
