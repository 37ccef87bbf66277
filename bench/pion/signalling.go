package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

// maxAge of an access token before it is exchanged; the server gives them for fifteen minutes.
const maxAge = 5 * time.Minute

// tokens gives the bearer token of each request.
type tokens struct {
	http    *http.Client
	session string
	// Stream is the name of the session's own stream, for a publisher.
	Stream string

	mutex           sync.Mutex
	access, refresh string
	since           time.Time
}

// openTokens: "none" sends no token, "auto" opens a session at the endpoint's server, anything else is the token.
func openTokens(client *http.Client, endpoint, given string) (*tokens, error) {
	t := &tokens{http: client}
	switch given {
	case "none":
		return t, nil
	case "auto":
		base, err := url.Parse(endpoint)
		if err != nil {
			return nil, err
		}
		t.session = base.Scheme + "://" + base.Host + "/session"
		return t, t.exchange(http.MethodPost, "")
	}
	t.access = given
	return t, nil
}

func (t *tokens) exchange(method, bearer string) error {
	request, err := http.NewRequest(method, t.session, nil)
	if err != nil {
		return err
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	response, err := t.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %d %s", method, t.session, response.StatusCode, body)
	}
	var pair struct {
		Stream  string `json:"stream"`
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err = json.Unmarshal(body, &pair); err != nil {
		return err
	}
	if pair.Stream != "" {
		t.Stream = pair.Stream
	}
	t.access, t.refresh, t.since = pair.Access, pair.Refresh, time.Now()
	return nil
}

func (t *tokens) bearer() (string, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.refresh != "" && time.Since(t.since) > maxAge {
		if err := t.exchange(http.MethodPut, t.refresh); err != nil {
			return "", err
		}
	}
	return t.access, nil
}

// close ends the session, if there is one.
func (t *tokens) close() {
	if t.refresh != "" {
		_, _ = send(t.http, http.MethodDelete, t.session, t.access, "", "")
	}
}

// resource is a WHEP or WHIP session.
type resource struct {
	location string
	answer   string
}

// refused is an answer other than 201.
type refused struct {
	status int
	body   string
}

func (r refused) Error() string { return fmt.Sprintf("%d %s", r.status, strings.TrimSpace(r.body)) }

func send(client *http.Client, method, target, bearer, kind, body string) (*http.Response, error) {
	request, err := http.NewRequest(method, target, bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, err
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	request.Header.Set("User-Agent", "framecast-pion")
	response, err := client.Do(request)
	if err == nil && method == http.MethodDelete {
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	return response, err
}

// offerTo posts an offer and reads the answer.
func offerTo(client *http.Client, endpoint, bearer, offer string) (*resource, error) {
	response, err := send(client, http.MethodPost, endpoint, bearer, "application/sdp", offer)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusCreated {
		return nil, refused{response.StatusCode, string(body)}
	}
	base, err := url.Parse(endpoint)
	if err != nil {
		return nil, err
	}
	location, err := url.Parse(response.Header.Get("Location"))
	if err != nil {
		return nil, err
	}
	return &resource{base.ResolveReference(location).String(), string(body)}, nil
}

var candidateLine = regexp.MustCompile(`(?m)^a=(candidate:|end-of-candidates).*\r?\n`)

// withoutCandidates leaves the other side no address to check by itself, so that everything takes the way that the
// answer's candidate names.
func withoutCandidates(sdp string) string { return candidateLine.ReplaceAllString(sdp, "") }

// withCandidate replaces every candidate of an answer by one: the address of a relay.
func withCandidate(sdp, address string) string {
	host, port, found := strings.Cut(address, ":")
	if !found {
		return sdp
	}
	line := "a=candidate:1 1 UDP 2122317823 " + host + " " + port + " typ host\r\n"
	section := regexp.MustCompile(`(?m)^a=mid:.*\r?\n`)
	return section.ReplaceAllStringFunc(withoutCandidates(sdp), func(mid string) string { return mid + line })
}
