package dev.agora.session.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTests {

	@ParameterizedTest
	@CsvSource({ "203.0.113.7, 203.0.113.7, 203.0.113.7", //
			"2001:db8:0:1:2:3:4:5, 2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
			"2001:DB8:0:1:0:0:0:9, 2001:db8:0:1::9, 2001:db8:0:1::/64", //
			"::ffff:203.0.113.7, 203.0.113.7, 203.0.113.7" })
	void isCountedByAddressOrBySlash64(String header, String text, String network) {
		ClientAddress address = ClientAddress.parse(header).orElseThrow();
		assertThat(address.text()).isEqualTo(text);
		assertThat(address.network()).isEqualTo(network);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown", "localhost", "203.0.113.7, 198.51.100.1", "203.0.113.256", "1.2.3", "1",
			"203.0.113.7:8080", "2001:db8::1::2", "<script>" })
	void isNoneWhereTheHeaderHoldsAnythingElse(String header) {
		assertThat(ClientAddress.parse(header)).isEmpty();
	}

	@Test
	void isNoneWithoutTheHeader() {
		assertThat(ClientAddress.parse(null)).isEmpty();
	}

}
