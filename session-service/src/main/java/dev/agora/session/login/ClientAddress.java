package dev.agora.session.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** Where a request came from, as the gateway says. */
final class ClientAddress {

	/** The gateway writes one address here, whatever the client sent. */
	static final String HEADER = "X-Forwarded-For";

	private static final int NETWORK_BYTES = 8;

	private final InetAddress address;

	private ClientAddress(InetAddress address) {
		this.address = address;
	}

	/** Reads the header; empty where it holds anything but one IP address. */
	static Optional<ClientAddress> parse(@Nullable String header) {
		byte @Nullable [] bytes = (header != null) ? NetUtil.createByteArrayFromIpAddressString(header) : null;
		return (bytes != null) ? Optional.of(new ClientAddress(address(bytes))) : Optional.empty();
	}

	/** The address in its shortest form. */
	String text() {
		return NetUtil.toAddressString(this.address);
	}

	/**
	 * What one customer of a network has to himself: an IPv4 address, or a /64 of IPv6,
	 * within which anybody may choose among 2^64 addresses.
	 */
	String network() {
		if (!(this.address instanceof Inet6Address)) {
			return text();
		}
		byte[] bytes = this.address.getAddress();
		Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
		return NetUtil.toAddressString(address(bytes)) + "/64";
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
