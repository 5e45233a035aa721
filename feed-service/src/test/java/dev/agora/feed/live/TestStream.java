package dev.agora.feed.live;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that reads a live stream. */
final class TestStream implements AutoCloseable {

	private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final ServerSentEvent<Map<String, Object>> END = ServerSentEvent.<Map<String, Object>>builder()
		.event("end of the response")
		.build();

	private final LinkedBlockingQueue<ServerSentEvent<Map<String, Object>>> events = new LinkedBlockingQueue<>();

	private final Disposable reading;

	/** The id that an {@code EventSource} would send when it reconnects. */
	private volatile @Nullable String lastEventId;

	private TestStream(ResponseSpec response) {
		this.reading = response.returnResult(EVENT)
			.getResponseBody()
			.doOnComplete(() -> this.events.add(END))
			.subscribe(this.events::add, (failure) -> this.events.add(END));
	}

	/** Opens a stream, and waits until it is ready if it is a new one. */
	static TestStream open(WebTestClient client, @Nullable String lastEventId) {
		ResponseSpec response = request(client, lastEventId);
		response.expectStatus().isOk();
		TestStream stream = new TestStream(response);
		stream.lastEventId = lastEventId;
		if (lastEventId == null) {
			assertThat(stream.next().event()).isEqualTo("ready");
		}
		return stream;
	}

	static TestStream read(ResponseSpec response) {
		return new TestStream(response);
	}

	static ResponseSpec request(WebTestClient client, @Nullable String lastEventId) {
		return client.get()
			.uri("/feed/stream")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.headers((headers) -> headers.set("Last-Event-ID", (lastEventId != null) ? lastEventId : ""))
			.exchange();
	}

	@Nullable String lastEventId() {
		return this.lastEventId;
	}

	/** Awaits the next event that is not a heartbeat. */
	ServerSentEvent<Map<String, Object>> next() {
		ServerSentEvent<Map<String, Object>> event = poll();
		while (event.event() == null) {
			event = poll();
		}
		return event;
	}

	/** Awaits the next event of any kind. */
	ServerSentEvent<Map<String, Object>> poll() {
		try {
			ServerSentEvent<Map<String, Object>> event = this.events.poll(BOUND.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(event).as("an event within %s", BOUND).isNotNull();
			if (Objects.requireNonNull(event).id() != null) {
				this.lastEventId = event.id();
			}
			return event;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Awaits the next event, which must be of a type. */
	Map<String, Object> next(String type) {
		ServerSentEvent<Map<String, Object>> event = next();
		assertThat(event.event()).isEqualTo(type);
		return Objects.requireNonNull(event.data());
	}

	/** Awaits the next event, which must be an activity, and returns its id. */
	String nextActivity() {
		return (String) Objects.requireNonNull(next("activity").get("id"));
	}

	/** Awaits the next event, which must be an activity that was published before. */
	void requireActivity(String id) {
		assertThat(nextActivity()).isEqualTo(id);
	}

	void requireEnd() {
		assertThat(next()).isSameAs(END);
	}

	@Override
	public void close() {
		this.reading.dispose();
	}

}
