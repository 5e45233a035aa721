package dev.agora.gateway.edge;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.platform.testing.SpanReceiver;
import dev.agora.platform.testing.SpanReceiver.ReceivedSpan;

import static org.assertj.core.api.Assertions.assertThat;

/** The traces of requests: one gateway samples all of them, the other none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTracesTests {

	private static final String ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String SAMPLED = "00-" + ID + "-b7ad6b7169203331-01";

	private final SpanReceiver receiver = new SpanReceiver();

	private final TestService feeds = TestService
		.respondingWith((request) -> Mono.just(new Response(request.uri().contains("broken") ? 500 : 200, "{}")));

	private final TestService sessions = TestService.responding(200,
			"{\"identity\":\"signed\",\"memberId\":\"ann\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}");

	private final TestGateway sampling = gateway("1.0", "10.0.0.0/8");

	private final TestGateway trusting = gateway("0.0", "127.0.0.1");

	private TestGateway gateway(String ratio, String trusted) {
		return TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
				TestGateway.instances("session-service", this.sessions.address()),
				"tracing.endpoint=" + this.receiver.endpoint(), "tracing.ratio=" + ratio,
				"tracing.trusted-clients=" + trusted);
	}

	@BeforeEach
	void clearRequests() {
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.sampling.close();
		this.trusting.close();
		this.feeds.close();
		this.sessions.close();
		this.receiver.close();
	}

	@Test
	void recordsARequestAndTheAttemptThatTheServiceContinues() {
		String trace = send(this.sampling, "/api/v1/feed?token=secret", SAMPLED);
		assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo(ID);
		Map<String, String> passed = this.feeds.requests().get(0).headers();
		List<ReceivedSpan> spans = await(trace, 2);
		ReceivedSpan server = named(spans, "GET /api/v1/feed/**");
		ReceivedSpan client = named(spans, "GET");
		assertThat(server.parentId()).isEmpty();
		assertThat(server.attributes()).containsEntry("http.response.status_code", "200")
			.containsEntry("service.name", "gateway")
			.containsKeys("agora.request.id", "service.instance.id", "service.version");
		assertThat(client.parentId()).isEqualTo(server.id());
		assertThat(client.attributes()).containsEntry("server.port", String.valueOf(this.feeds.address().getPort()));
		assertThat(passed).containsEntry("traceparent", "00-" + trace + "-" + client.id() + "-01")
			.doesNotContainKey("tracestate");
		assertThat(spans.toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00-" + ID + "-b7ad6b7169203331-00", "junk", "" })
	void recordsNothingOfAnUnsampledRequest(String parent) {
		assertThat(send(this.trusting, "/api/v1/feed", parent)).isEmpty();
		assertThat(this.feeds.requests().get(0).headers().get("traceparent"))
			.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "03" })
	void continuesTheTraceOfATrustedClient(String flags) {
		String parent = "00-" + ID + "-b7ad6b71692033" + flags + "-" + flags;
		assertThat(send(this.trusting, "/api/v1/feed", parent)).isEqualTo(ID);
		Awaitility.await("the span has arrived")
			.until(() -> this.receiver.of(ID)
				.stream()
				.anyMatch((span) -> span.parentId().equals("b7ad6b71692033" + flags)));
	}

	@Test
	void recordsAFailedRequestThatIsNotSampled() {
		String trace = send(this.trusting, "/api/v1/feed/broken", "");
		String passed = String.valueOf(this.feeds.requests().get(0).headers().get("traceparent"));
		assertThat(passed).contains(trace).endsWith("-00");
		assertThat(await(trace, 1)).singleElement().satisfies((span) -> {
			assertThat(passed).contains(span.id());
			assertThat(span.attributes()).containsEntry("http.response.status_code", "500")
				.containsEntry("http.route", "/api/v1/feed/**");
		});
	}

	private static String send(TestGateway gateway, String path, String parent) {
		HttpHeaders headers = gateway.client().get().uri(path).headers((sent) -> {
			sent.set("tracestate", "a=b");
			if (!parent.isEmpty()) {
				sent.set("traceparent", parent);
			}
		}).exchange().expectBody().returnResult().getResponseHeaders();
		String trace = headers.getFirst("X-Trace-Id");
		return (trace != null) ? trace : "";
	}

	private List<ReceivedSpan> await(String trace, int count) {
		Awaitility.await("the spans have arrived").until(() -> this.receiver.of(trace).size() >= count);
		return this.receiver.of(trace);
	}

	private static ReceivedSpan named(List<ReceivedSpan> spans, String name) {
		return spans.stream().filter((span) -> span.name().equals(name)).findFirst().orElseThrow();
	}

}
