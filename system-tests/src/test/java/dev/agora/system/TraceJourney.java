package dev.agora.system;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.SpanReceiver.ReceivedSpan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** One trace shows a post from the gateway to the last listener. */
class TraceJourney {

	private static final Set<String> GROUPS = Set.of("feed.timelines", "feed.reconciler", "product.post-trends");

	private final Gateway gateway = TestSystem.gateway();

	@Test
	void aPostIsOneTraceUpToTheTimelineOfItsFollower() {
		assumeTrue(TestSystem.isOwn(), "the receiver of the spans belongs to the test system");
		String trace = post("secret text");
		Await.until("all listeners are in trace " + trace, Await.SOON, () -> isComplete(trace));
		List<ReceivedSpan> spans = TestSpans.of(trace);
		System.out.println(TraceText.of(spans));
		assertShape(spans);
		assertThat(spans.toString()).doesNotContain("secret text");
		assertThat(TestSystem.agora("trace", trace)).contains("\"traceId\":\"" + trace + "\"");
	}

	private String post(String text) {
		Member author = Member.register(this.gateway, "Author");
		Member follower = Member.register(this.gateway, "Follower");
		follower.follow(author);
		follower.get("/api/v1/feed").expect(200);
		Response post = author.send("POST", "/api/v1/posts", "{\"text\": \"" + text + "\"}").expect(201);
		return post.header("X-Trace-Id");
	}

	private static boolean isComplete(String trace) {
		List<ReceivedSpan> spans = TestSpans.of(trace);
		Set<String> ids = spans.stream().map(ReceivedSpan::id).collect(Collectors.toSet());
		return groups(spans).containsAll(GROUPS) && spans.stream().anyMatch((span) -> span.parentId().isEmpty())
				&& spans.stream().allMatch((span) -> span.parentId().isEmpty() || ids.contains(span.parentId()));
	}

	private static void assertShape(List<ReceivedSpan> spans) {
		ReceivedSpan gateway = only(spans, (span) -> span.parentId().isEmpty());
		assertThat(gateway.service()).isEqualTo("gateway");
		assertThat(gateway.attributes()).containsEntry("http.request.method", "POST")
			.containsEntry("http.response.status_code", "201")
			.containsKeys("agora.request.id", "enduser.id");
		ReceivedSpan call = only(spans, (span) -> span.parentId().equals(gateway.id()) && span.name().equals("POST")
				&& spans.stream().anyMatch((child) -> child.parentId().equals(span.id()) && isService(child)));
		ReceivedSpan service = only(spans, (span) -> span.parentId().equals(call.id()));
		assertThat(service.name()).isEqualTo("POST /posts");
		assertThat(spans)
			.anyMatch((span) -> span.parentId().equals(service.id()) && span.name().equals("insert activities"));
		ReceivedSpan outbox = only(spans, (span) -> span.name().equals("outbox feed.activities.v1"));
		assertThat(outbox.parentId()).isEqualTo(service.id());
		ReceivedSpan send = only(spans, (span) -> span.name().equals("send feed.activities.v1"));
		assertThat(send.parentId()).isEqualTo(outbox.id());
		List<ReceivedSpan> listeners = spans.stream()
			.filter((span) -> span.name().equals("process feed.activities.v1"))
			.toList();
		assertThat(listeners).allSatisfy((span) -> assertThat(span.parentId()).isEqualTo(send.id()));
		assertThat(groups(spans)).containsAll(GROUPS);
		Set<String> fanOuts = listeners.stream()
			.filter((span) -> "feed.timelines".equals(group(span)))
			.map(ReceivedSpan::id)
			.collect(Collectors.toSet());
		assertThat(spans)
			.anyMatch((span) -> span.name().equals("EVALSHA feed:timeline:v1") && fanOuts.contains(span.parentId()));
	}

	private static boolean isService(ReceivedSpan span) {
		return span.service().equals("feed-service");
	}

	private static Set<String> groups(List<ReceivedSpan> spans) {
		return spans.stream().map(TraceJourney::group).filter((group) -> !group.isEmpty()).collect(Collectors.toSet());
	}

	private static String group(ReceivedSpan span) {
		return span.attributes().getOrDefault("messaging.consumer.group.name", "");
	}

	private static ReceivedSpan only(List<ReceivedSpan> spans, Predicate<ReceivedSpan> condition) {
		List<ReceivedSpan> found = spans.stream().filter(condition).toList();
		assertThat(found).as("in%n%s", TraceText.of(spans)).hasSize(1);
		return found.get(0);
	}

}
