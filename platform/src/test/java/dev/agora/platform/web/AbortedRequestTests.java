package dev.agora.platform.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

import dev.agora.platform.problem.RequestAborted;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.application.name=sample-service", "spring.main.banner-mode=off" })
@ExtendWith(OutputCaptureExtension.class)
class AbortedRequestTests {

	private static final int CLIENTS = 20;

	@LocalServerPort
	private int port;

	@Autowired
	private Failures failures;

	@BeforeEach
	void clearFailures() {
		this.failures.all().clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/values", "/texts" })
	void aResetUploadIsTheClientsFailureAndIsNotLogged(String path, CapturedOutput output) throws IOException {
		for (int i = 0; i < CLIENTS; i++) {
			Socket socket = upload(path);
			socket.setSoLinger(true, 0);
			socket.close();
		}
		expectAborted(output);
	}

	@Test
	void anUnfinishedUploadIsTheClientsFailureAndIsNotLogged(CapturedOutput output) throws IOException {
		for (int i = 0; i < CLIENTS; i++) {
			upload("/values").close();
		}
		expectAborted(output);
	}

	private Socket upload(String path) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 200000\r\n\r\n{\"text\": \"";
		socket.getOutputStream().write((head + "x".repeat(60_000)).getBytes(US_ASCII));
		return socket;
	}

	/** A connection that was reset before the server accepted it has sent no request. */
	private void expectAborted(CapturedOutput output) {
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.failures.all().isEmpty());
		await().during(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.failures.all().stream().allMatch(RequestAborted.class::isInstance));
		assertThat(output.getAll()).doesNotContain(" ERROR ", "\tat ", "reset by peer", "AbortedException");
	}

	/** The exceptions that the requests failed with. */
	record Failures(Queue<Throwable> all) {
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ WebConfiguration.class, Samples.class })
	static class Application {

		@Bean
		Failures failures() {
			return new Failures(new ConcurrentLinkedQueue<>());
		}

		@Bean
		WebFilter failuresFilter(Failures failures) {
			return (exchange, chain) -> chain.filter(exchange).doOnError(failures.all()::add);
		}

	}

	@RestController
	static class Samples {

		@PostMapping("/values")
		Mono<Integer> values(@RequestBody Map<String, String> value) {
			return Mono.just(value.size());
		}

		@PostMapping("/texts")
		Mono<Integer> texts(@RequestBody Mono<String> text) {
			return text.map(String::length);
		}

	}

}
