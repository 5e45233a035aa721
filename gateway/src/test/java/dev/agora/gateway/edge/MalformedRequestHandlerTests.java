package dev.agora.gateway.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.agora.gateway.TestGateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestHandlerTests {

	private final TestGateway gateway = TestGateway.with();

	@AfterAll
	void close() {
		this.gateway.close();
	}

	@Test
	void explainsWhyARequestCannotBeRead() throws IOException {
		assertThat(send("GET / HTTP/1.1\r\nX: a\bb")).startsWith("HTTP/1.1 400 ")
			.contains("application/problem+json", "\"detail\":\"The request is not valid HTTP.\"");
	}

	@Test
	void explainsThatARequestTargetIsTooLong() throws IOException {
		assertThat(send("GET /" + "x".repeat(9000) + " HTTP/1.1")).startsWith("HTTP/1.1 414 ")
			.contains("application/problem+json", "\"status\":414");
	}

	@Test
	void explainsThatHeadersAreTooLong() throws IOException {
		assertThat(send("GET / HTTP/1.1\r\nX-Long: " + "x".repeat(17_000))).startsWith("HTTP/1.1 431 ")
			.contains("application/problem+json", "\"status\":431");
	}

	/** Sends a head and reads until the server closes the connection. */
	private String send(String head) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.gateway.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), US_ASCII);
		}
	}

}
