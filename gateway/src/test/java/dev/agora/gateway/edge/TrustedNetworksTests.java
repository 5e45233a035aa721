package dev.agora.gateway.edge;

import java.net.InetAddress;
import java.util.List;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.identity.ClientAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedNetworksTests {

	private final TrustedNetworks proxies = new TrustedNetworks("trusted",
			List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:aa::/48", "::1"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.9  | 1.1.1.1                                | 203.0.113.9
			10.0.0.1     | 198.51.100.4                           | 198.51.100.4
			192.0.2.7    | 198.51.100.4                           | 198.51.100.4
			192.0.2.8    | 198.51.100.4                           | 192.0.2.8
			10.0.0.1     | 9.9.9.9, 198.51.100.4                  | 198.51.100.4
			10.0.0.1     | 9.9.9.9, 198.51.100.4 , 10.2.3.4       | 198.51.100.4
			10.0.0.1     | 10.0.0.3,10.0.0.2                      | 10.0.0.3
			10.0.0.1     | 198.51.100.4:8443                      | 198.51.100.4
			10.0.0.1     | 2001:db8::1                            | 2001:db8::1
			10.0.0.1     | [2001:db8::1]                          | 2001:db8::1
			10.0.0.1     | [2001:DB8:0::1]:443                    | 2001:db8::1
			10.0.0.1     | ::ffff:198.51.100.4                    | 198.51.100.4
			::1          | 198.51.100.4                           | 198.51.100.4
			2001:db8:aa:7::5 | 2001:db8::1                        | 2001:db8::1
			2001:db8:ab::5 | 2001:db8::1                          | 2001:db8:ab::5
			::ffff:10.0.0.1 | 198.51.100.4                        | 198.51.100.4
			""")
	void takesTheFirstAddressThatIsNotTrusted(String socket, String forwarded, String client) {
		assertThat(client(socket, forwarded)).isEqualTo(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "unknown", "_hidden", "198.51.100.4x", "1.2.3", "1.2.3.4.5", "256.1.1.1",
			"localhost", "[::1", "[]", ":80", "198.51.100.4,", "198.51.100.4, garbage", "\u0000", "\"1.2.3.4\"" })
	void takesTheLastKnownProxyWhenAnEntryIsInvalid(String forwarded) {
		assertThat(client("10.0.0.1", forwarded)).isEqualTo("10.0.0.1");
	}

	@Test
	void readsSeveralHeaderLines() {
		assertThat(ClientAddress
			.of(this.proxies.clientOf(address("10.0.0.1"), List.of("9.9.9.9, 198.51.100.4", "10.0.0.2"))))
			.hasToString("198.51.100.4");
	}

	@Test
	void rejectsASettingThatIsNoNetwork() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedNetworks("trusted", List.of("proxy.example")));
	}

	private String client(String socket, String forwarded) {
		return ClientAddress.of(this.proxies.clientOf(address(socket), List.of(forwarded))).toString();
	}

	private static InetAddress address(String text) {
		return NetUtil.createInetAddressFromIpAddressString(text);
	}

}
