package dev.agora.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A client that does with its connection whatever it likes. */
public final class ClientForTests implements AutoCloseable {

	private final Socket socket = new Socket();

	/** Connects from an address of its own, of those that the loopback interface has. */
	public ClientForTests(int port, String from) {
		try {
			this.socket.setReceiveBufferSize(4096);
			this.socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(60_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends bytes as they are. */
	public ClientForTests send(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(ISO_8859_1));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads the status line of a response, once it comes. */
	public String readStatusLine() {
		try {
			return new String(this.socket.getInputStream().readNBytes(12), ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads until the gateway closes the connection, orderly or not. */
	public String readAll() {
		StringBuilder all = new StringBuilder();
		try {
			InputStream in = this.socket.getInputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				all.append(new String(buffer, 0, read, ISO_8859_1));
			}
		}
		catch (SocketException reset) {
			// As good as closed.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all.toString();
	}

	/** Breaks the connection: what is on its way either way is lost. */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Says that nothing more is sent, as a client that ends in order. */
	public void finish() {
		try {
			this.socket.shutdownOutput();
		}
		catch (SocketException alreadyClosed) {
			// The gateway was quicker.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
