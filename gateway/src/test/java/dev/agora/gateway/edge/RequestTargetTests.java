package dev.agora.gateway.edge;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.gateway.TestWire;

import static org.assertj.core.api.Assertions.assertThat;

/** Request targets as browsers and people write them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTargetTests {

	private final TestService products = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway
		.with(TestGateway.instances("product-service", this.products.address()));

	@BeforeEach
	void clearRequests() {
		this.products.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.products.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
			a|b          ; a%7Cb
			{a}          ; %7Ba%7D
			^a           ; %5Ea
			"a"          ; %22a%22
			`a           ; %60a
			<a>          ; %3Ca%3E
			[a]          ; %5Ba%5D
			a\\b         ; a%5Cb
			a%7Cb|       ; a%7Cb%7C
			100%25       ; 100%25
			caf%C3%A9    ; caf%C3%A9
			%F0%9F%8D%8E ; %F0%9F%8D%8E
			%EF%BF%BD    ; %EF%BF%BD
			a+b'         ; a+b'
			""")
	void encodesCharactersThatBrowsersDoNotEncode(String sent, String inside) throws IOException {
		assertThat(send("/api/v1/products?tag=" + sent)).startsWith("HTTP/1.1 200 ");
		assertThat(send("http://localhost/api/v1/products?tag=" + sent)).startsWith("HTTP/1.1 200 ");
		assertThat(this.products.requests()).extracting(ReceivedRequest::uri)
			.containsExactly("/products?tag=" + inside, "/products?tag=" + inside);
	}

	@Test
	void encodesCharactersInThePath() throws IOException {
		assertThat(send("/api/v1/products/a|b[c]")).startsWith("HTTP/1.1 200 ");
		assertThat(this.products.requests()).extracting(ReceivedRequest::uri).containsExactly("/products/a%7Cb%5Bc%5D");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/products?tag=%", "/api/v1/products?tag=100%", "/api/v1/products?tag=%4",
			"/api/v1/products?tag=%zz", "/api/v1/products?tag=%%41", "/api/v1/products/%g1", "/api/v1/products/1%" })
	void explainsHowToWriteAPercentSign(String target) throws IOException {
		assertThat(send(target)).startsWith("HTTP/1.1 400 ").contains("Write the sign itself as %25");
		assertThat(this.products.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/products?tag=%FF,%FF", "/api/v1/products?tag=a%C3b,%C3", "/api/v1/products?tag=%C3%28,%C3%28",
			"/api/v1/products?tag=%C0%AF,%C0%AF", "/api/v1/products?tag=%ED%A0%BD,%ED%A0%BD",
			"/api/v1/products?tag=%F5%80%80%80,%F5%80%80%80", "/api/v1/products/%E9,%E9", "/api/v1/%80/1,%80" })
	void explainsWhichEscapesAreNotUtf8(String target, String wrong) throws IOException {
		assertThat(send(target)).startsWith("HTTP/1.1 400 ").contains("contains " + wrong + ", which is not UTF-8");
		assertThat(this.products.requests()).isEmpty();
	}

	@Test
	void explainsHowToWriteACharacterOutsideAscii() throws IOException {
		assertThat(send("/api/v1/products?tag=caf\u00c3\u00a9")).startsWith("HTTP/1.1 400 ")
			.contains("Write it percent-encoded in UTF-8");
	}

	private String send(String target) throws IOException {
		return TestWire.send(this.gateway.port(),
				"GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	}

}
