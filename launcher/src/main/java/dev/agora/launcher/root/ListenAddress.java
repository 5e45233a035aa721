package dev.agora.launcher.root;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Checks the addresses at which a program of this machine can listen. */
public final class ListenAddress {

	/** Reaches processes of this machine only. */
	public static final String LOOPBACK = "127.0.0.1";

	/** Stands for every address of this machine. */
	public static final String ALL = "0.0.0.0";

	private ListenAddress() {
	}

	/**
	 * Whether a program of this machine can listen at an address.
	 * @param address an address or a name
	 * @return {@code true} for an IPv4 address of this machine, and for 0.0.0.0
	 */
	public static boolean isOfThisMachine(String address) {
		try {
			InetAddress found = InetAddress.getByName(address);
			return found instanceof Inet4Address && found.getHostAddress().equals(address) && (found.isAnyLocalAddress()
					|| found.isLoopbackAddress() || NetworkInterface.getByInetAddress(found) != null);
		}
		catch (UnknownHostException | SocketException ex) {
			return false;
		}
	}

}
