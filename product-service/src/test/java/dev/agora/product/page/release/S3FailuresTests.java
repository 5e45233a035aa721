package dev.agora.product.page.release;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Failures of a bucket become reasons that an operator can act on. */
class S3FailuresTests {

	private final AtomicInteger requests = new AtomicInteger();

	private int failures;

	private int status = 200;

	private String body = "";

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> {
			boolean fails = this.requests.incrementAndGet() <= this.failures;
			return response.status(fails ? this.status : 200).sendString(Mono.just(fails ? this.body : ""));
		})
		.bindNow();

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@ParameterizedTest
	@CsvSource({ "403,<Error><Code>SignatureDoesNotMatch</Code></Error>,403 SignatureDoesNotMatch",
			"403,<Error><Code>RequestTimeTooSkewed</Code></Error>,403 RequestTimeTooSkewed",
			"404,<Error><Code>NoSuchBucket</Code></Error>,no such bucket", "301,,responded with 301",
			"400,no xml,responded with 400" })
	void areNotRetriedIfTheServiceRefusesTheRequest(int status, String body, String reason) {
		this.failures = 1;
		this.status = status;
		this.body = (body != null) ? body : "";
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> write(address()))
			.withMessageContaining(reason)
			.withMessageContaining("the bucket pages at " + address());
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "500", "503", "429" })
	void areRetriedIfTheServiceIsBusy(int status) {
		this.failures = 2;
		this.status = status;
		write(address());
		assertThat(this.requests).hasValue(3);
	}

	@Test
	void endTheJobIfTheServiceStaysBusy() {
		this.failures = Integer.MAX_VALUE;
		this.status = 503;
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> write(address()))
			.withMessageContaining("responded with 503");
		assertThat(this.requests).hasValue(4);
	}

	@Test
	void endTheJobIfTheServiceIsUnreachable() {
		assertThatExceptionOfType(TargetFailed.class).isThrownBy(() -> write(URI.create("http://127.0.0.1:1")))
			.withMessageContaining("the service is unreachable");
	}

	private URI address() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	private static void write(URI endpoint) {
		TargetSettings settings = new TargetSettings(null, endpoint, "pages", "us-east-1", "key", "secret");
		new S3Target(settings, Clock.systemUTC())
			.write("0A", PageFile.ofPage("pages/trending", "max-age=30", PageContent.of("x")))
			.block();
	}

}
