package dev.agora.product.page.release;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A release stays published if older ones cannot be removed. */
class S3CleanUpTests {

	private static final String RELEASES = "<Prefix>releases/0A-01/</Prefix>";

	private static final String FILES = "<Key>releases/0A-01/a</Key><Key>releases/0A-01/b</Key>";

	private final AtomicInteger deletes = new AtomicInteger();

	private volatile int deleteStatus;

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(this::respond)
		.bindNow();

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		String method = request.method().name();
		if (method.equals("DELETE")) {
			this.deletes.incrementAndGet();
			return response.status(this.deleteStatus).send();
		}
		String listed = request.uri().contains("releases%2F0A-01") ? FILES : RELEASES;
		String body = request.uri().endsWith("/current") ? "0B-01" : listed;
		return response.sendString(Mono.just(method.equals("GET") ? body : ""));
	}

	@Test
	void ifAccessIsDenied() {
		this.deleteStatus = 403;
		assertThat(publish()).isTrue();
		assertThat(this.deletes).hasPositiveValue();
	}

	@Test
	void ifRemovedObjectsAreStillListed() {
		this.deleteStatus = 204;
		assertThat(publish()).isTrue();
		assertThat(this.deletes).hasValue(3);
	}

	private boolean publish() {
		TargetSettings settings = new TargetSettings(null, URI.create("http://127.0.0.1:" + this.server.port()),
				"pages", "us-east-1", "key", "secret");
		return Objects
			.requireNonNull(new S3Target(settings, Clock.systemUTC()).publish("0C-01").block(Duration.ofSeconds(30)));
	}

}
