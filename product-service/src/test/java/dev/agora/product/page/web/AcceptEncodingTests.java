package dev.agora.product.page.web;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptEncodingTests {

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "br, gzip;q=0.8", "x-gzip", "*", "deflate, *;q=0.1", "gzip; q=1.000",
			"identity;q=0.5, gzip", "identity;q=0, *;q=0.5" })
	void prefersGzip(String header) {
		assertThat(AcceptEncoding.prefersGzip(List.of(header))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "gzip;q=0.3, identity",
			"gzip;q=x", "gzip;q=2", "gzipped", "gzip;q=-1" })
	void prefersThePlainForm(String header) {
		assertThat(AcceptEncoding.prefersGzip(List.of(header))).isFalse();
	}

}
