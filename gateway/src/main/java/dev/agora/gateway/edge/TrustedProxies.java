package dev.agora.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRule;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** The proxies before the gateway, whose word on a client's address is believed. */
final class TrustedProxies {

	private final List<IpFilterRule> networks;

	TrustedProxies(List<String> networks) {
		this.networks = networks.stream().map(TrustedProxies::network).toList();
	}

	/**
	 * Where a request came from: the first address, from the right, that is not a trusted
	 * proxy's. What a client wrote itself stands left of that and counts for nothing;
	 * where the list is broken off by something else than an address, the proxy that
	 * passed it on is the last that is known.
	 * @param socket who holds the connection
	 * @param forwarded the values of {@code X-Forwarded-For}
	 */
	InetAddress client(InetAddress socket, List<String> forwarded) {
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
	 * Of {@code 1.2.3.4}, {@code 1.2.3.4:80}, {@code 2001:db8::1},
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

	/** Never by name: an address that is none must not become a question to the DNS. */
	private static @Nullable InetAddress parsed(String text) {
		return (text.length() <= 45) ? NetUtil.createInetAddressFromIpAddressString(text) : null;
	}

	private static IpFilterRule network(String cidr) {
		int slash = cidr.indexOf('/');
		InetAddress address = parsed((slash < 0) ? cidr : cidr.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException("Not an address or network: " + cidr);
		}
		int bits = (slash < 0) ? address.getAddress().length * 8 : Integer.parseInt(cidr.substring(slash + 1));
		return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
	}

}
