import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WHEP viewer on the webrtc-java library, which decodes what it gets. Prints one JSON line.
 *
 * <pre>java -cp CLASSPATH WebrtcJavaViewer.java http://127.0.0.1:8080 demo 8 vp8</pre>
 */
public final class WebrtcJavaViewer {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicInteger sounds = new AtomicInteger();
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final CompletableFuture<Boolean> gathered = new CompletableFuture<>();

  public static void main(String[] arguments) throws Exception {
    String client = "\"client\":\"webrtc-java 0.14.0\",\"role\":\"viewer\"";
    int status = 1;
    try {
      String seen = new WebrtcJavaViewer().view(arguments);
      status = seen.contains("\"ok\":true") ? 0 : 1;
      System.out.println("{" + client + "," + seen + "}");
    } catch (Exception e) {
      String what = e.toString().replaceAll("[\"\\\\\\s]+", " ");
      System.out.println("{" + client + ",\"ok\":false,\"error\":\"" + what + "\"}");
    }
    // Its native threads do not end by themselves.
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  private String view(String[] arguments) throws Exception {
    String base = arguments[0];
    double seconds = Double.parseDouble(arguments[2]);
    String token =
        send("POST", base + "/session", "", "", "").body().replaceFirst("(?s).*\"access_token\"\\s*:\\s*\"([^\"]*)\".*", "$1");
    PeerConnectionFactory factory = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    RTCPeerConnection peer = factory.createPeerConnection(new RTCConfiguration(), new Watch());
    receive(factory, peer, arguments[3]);
    CompletableFuture<RTCSessionDescription> offered = new CompletableFuture<>();
    peer.createOffer(
        new RTCOfferOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            offered.complete(description);
          }

          @Override
          public void onFailure(String error) {
            offered.completeExceptionally(new IllegalStateException(error));
          }
        });
    set(done -> peer.setLocalDescription(offered.join(), done));
    gathered.get(10, TimeUnit.SECONDS);
    long startNanos = System.nanoTime();
    HttpResponse<String> answer =
        send("POST", base + "/whep/" + arguments[1], token, "application/sdp", peer.getLocalDescription().sdp);
    double postMillis = (System.nanoTime() - startNanos) / 1e6;
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("POST: " + answer.statusCode() + " " + answer.body());
    }
    set(done -> peer.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer.body()), done));
    String size = first.get(15, TimeUnit.SECONDS);
    double firstMillis = (System.nanoTime() - startNanos) / 1e6;
    int before = frames.get();
    Thread.sleep((long) (seconds * 1000));
    double rate = (frames.get() - before) / seconds;
    String location = URI.create(base).resolve(answer.headers().firstValue("Location").orElseThrow()).toString();
    int deleted = send("DELETE", location, token, "", "").statusCode();
    peer.close();
    return String.format(
        Locale.ROOT,
        "\"ok\":%s,\"size\":\"%s\",\"fps\":%.1f,\"sound_blocks\":%d,\"post_ms\":%.1f,\"first_frame_ms\":%.1f,\"delete\":%d,\"codecs\":\"%s\"",
        rate > 10 && sounds.get() > 0 && deleted == 200, size, rate, sounds.get(), postMillis, firstMillis, deleted,
        String.join(" ", answer.body().lines().filter(l -> l.startsWith("a=rtpmap")).toList()));
  }

  private void receive(PeerConnectionFactory factory, RTCPeerConnection peer, String codec) {
    RTCRtpTransceiverInit only = new RTCRtpTransceiverInit();
    only.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    VideoTrack video = factory.createVideoTrack("video", new CustomVideoSource());
    RTCRtpTransceiver transceiver = peer.addTransceiver(video, only);
    if (!codec.isEmpty()) {
      transceiver.setCodecPreferences(
          factory.getRtpReceiverCapabilities(MediaType.VIDEO).getCodecs().stream()
              .filter(c -> c.getName().equalsIgnoreCase(codec))
              .toList());
    }
    peer.addTransceiver(factory.createAudioTrack("audio", factory.createAudioSource(new AudioOptions())), only);
  }

  private interface Step {
    void begin(SetSessionDescriptionObserver done);
  }

  private static void set(Step step) throws Exception {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    step.begin(
        new SetSessionDescriptionObserver() {
          @Override
          public void onSuccess() {
            result.complete(true);
          }

          @Override
          public void onFailure(String error) {
            result.completeExceptionally(new IllegalStateException(error));
          }
        });
    result.get(10, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> send(String method, String url, String token, String type, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private final class Watch implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {}

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
      if (state == RTCIceGatheringState.COMPLETE) {
        gathered.complete(true);
      }
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      switch (transceiver.getReceiver().getTrack()) {
        case VideoTrack video ->
            video.addSink(
                frame -> {
                  frames.incrementAndGet();
                  first.complete(frame.buffer.getWidth() + "x" + frame.buffer.getHeight());
                });
        case AudioTrack audio -> audio.addSink((data, bits, rate, channels, count) -> sounds.incrementAndGet());
        default -> {}
      }
    }
  }
}
