package dev.agora.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A client that controls its connection byte by byte. */
public final class TestClient implements AutoCloseable {

	private final Socket socket = new Socket();

	/** Connects from an address of the loopback network. */
	public TestClient(int port, String from) {
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
	public TestClient send(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(ISO_8859_1));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits for a response and reads its status line. */
	public String readStatusLine() {
		try {
			return new String(this.socket.getInputStream().readNBytes(12), ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads until the gateway closes or resets the connection. */
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
			// A reset counts as closed.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all.toString();
	}

	/** Resets the connection, so that all bytes in transit are lost. */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Closes the sending side only. */
	public void finish() {
		try {
			this.socket.shutdownOutput();
		}
		catch (SocketException alreadyClosed) {
			// The gateway has closed the connection first.
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
