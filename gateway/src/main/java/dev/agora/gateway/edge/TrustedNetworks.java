package dev.agora.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.netty.handler.ipfilter.IpFilterRule;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.platform.identity.ClientAddress;

/** Networks that are trusted, such as those of the proxies in front of the gateway. */
final class TrustedNetworks {

	private final List<IpFilterRule> networks;

	/**
	 * Creates the networks.
	 * @param setting the name of the setting, for the message of a malformed one
	 */
	TrustedNetworks(String setting, List<String> networks) {
		this.networks = networks.stream().map((cidr) -> network(setting, cidr)).toList();
	}

	/** Creates the networks of the proxies in front of the gateway. */
	static TrustedNetworks ofProxies(EdgeSettings settings) {
		return new TrustedNetworks("gateway.edge.trusted-proxies", settings.trustedProxies());
	}

	/** Whether any network is trusted. */
	boolean areGiven() {
		return !this.networks.isEmpty();
	}

	/** The address of the client of a request, empty if its connection has none. */
	Optional<InetAddress> clientOf(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		if (remote == null || remote.getAddress() == null) {
			return Optional.empty();
		}
		InetAddress socket = remote.getAddress();
		return Optional.of(isTrusted(socket)
				? clientOf(socket, request.getHeaders().getOrDefault(ClientAddress.HEADER, List.of())) : socket);
	}

	/**
	 * The address of the client: the first address, from the right, that is not a trusted
	 * proxy's. Addresses to the left of it were written by the client and are ignored; if
	 * an entry is not an address, the proxy to the right of it counts as the client.
	 * @param socket the address of the connection
	 * @param forwarded the values of {@code X-Forwarded-For}
	 */
	InetAddress clientOf(InetAddress socket, List<String> forwarded) {
		InetAddress client = socket;
		List<String> hops = hops(forwarded);
		for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
			InetAddress before = address(hops.get(i).strip());
			if (before == null) {
				return client;
			}
			client = before;
		}
		return client;
	}

	boolean isTrusted(InetAddress address) {
		if (this.networks.isEmpty()) {
			return false;
		}
		InetSocketAddress socket = new InetSocketAddress(address, 0);
		for (IpFilterRule network : this.networks) {
			if (network.matches(socket)) {
				return true;
			}
		}
		return false;
	}

	private static List<String> hops(@Nullable List<String> forwarded) {
		return (forwarded == null) ? Collections.emptyList()
				: forwarded.stream().flatMap((value) -> Arrays.stream(value.split(",", -1))).toList();
	}

	/**
	 * Parses {@code 1.2.3.4}, {@code 1.2.3.4:80}, {@code 2001:db8::1} or
	 * {@code [2001:db8::1]:80}.
	 */
	private static @Nullable InetAddress address(String hop) {
		int colon = hop.indexOf(':');
		if (hop.startsWith("[")) {
			int end = hop.indexOf(']');
			return (end > 0) ? parsed(hop.substring(1, end)) : null;
		}
		return parsed((colon > 0 && colon == hop.lastIndexOf(':')) ? hop.substring(0, colon) : hop);
	}

	/** Host names are not accepted, so that a header causes no DNS query. */
	private static @Nullable InetAddress parsed(String text) {
		return (text.length() <= 45) ? NetUtil.createInetAddressFromIpAddressString(text) : null;
	}

	private static IpFilterRule network(String setting, String cidr) {
		int slash = cidr.indexOf('/');
		InetAddress address = parsed((slash < 0) ? cidr : cidr.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException(
					setting + " needs addresses or networks such as 10.0.0.0/8, not '" + cidr + "'");
		}
		int bits = (slash < 0) ? address.getAddress().length * 8 : Integer.parseInt(cidr.substring(slash + 1));
		return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
	}

}
