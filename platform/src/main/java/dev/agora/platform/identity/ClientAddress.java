package dev.agora.platform.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The IP address of a client, which the gateway determines and passes to every service.
 */
public final class ClientAddress {

	/** The header with the address; the gateway replaces the client's own header. */
	public static final String HEADER = "X-Forwarded-For";

	private static final int NETWORK_BYTES = 8;

	private final InetAddress address;

	private final String text;

	private ClientAddress(InetAddress address) {
		this.address = address;
		this.text = NetUtil.toAddressString(address);
	}

	/** Parses the header. Returns empty if it holds anything but one IP address. */
	public static Optional<ClientAddress> parse(@Nullable String header) {
		byte @Nullable [] bytes = (header != null) ? NetUtil.createByteArrayFromIpAddressString(header) : null;
		return (bytes != null) ? Optional.of(new ClientAddress(address(bytes))) : Optional.empty();
	}

	/** Converts an address. IPv4 within IPv6 becomes IPv4, and a scope is removed. */
	public static ClientAddress of(InetAddress address) {
		return new ClientAddress(address(address.getAddress()));
	}

	/**
	 * Returns the addresses that one client is assumed to control: its IPv4 address, or
	 * its /64 network of IPv6, within which it may use any of 2^64 addresses.
	 */
	public String network() {
		if (!(this.address instanceof Inet6Address)) {
			return this.text;
		}
		byte[] bytes = this.address.getAddress();
		Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
		return NetUtil.toAddressString(address(bytes)) + "/64";
	}

	/** Returns the address in the canonical form of RFC 5952. */
	@Override
	public String toString() {
		return this.text;
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
