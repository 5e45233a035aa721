package dev.agora.platform.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

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
	void hasOneCanonicalFormAndANetwork(String header, String text, String network) throws UnknownHostException {
		ClientAddress parsed = ClientAddress.parse(header).orElseThrow();
		assertThat(parsed).hasToString(text);
		assertThat(parsed.network()).isEqualTo(network);
		ClientAddress converted = ClientAddress.of(InetAddress.getByName(header));
		assertThat(converted).hasToString(text);
		assertThat(converted.network()).isEqualTo(network);
	}

	@Test
	void ignoresTheScopeOfAnAddress() throws UnknownHostException {
		InetAddress scoped = Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 3);
		assertThat(ClientAddress.of(scoped)).hasToString("fe80::1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown", "localhost", "203.0.113.7, 198.51.100.1", "203.0.113.256", "1.2.3", "1",
			"203.0.113.7:8080", "2001:db8::1::2", "<script>" })
	void isAbsentIfTheHeaderHoldsAnythingElse(String header) {
		assertThat(ClientAddress.parse(header)).isEmpty();
	}

	@Test
	void isAbsentWithoutTheHeader() {
		assertThat(ClientAddress.parse(null)).isEmpty();
	}

}
