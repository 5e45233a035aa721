package dev.agora.launcher.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Checks whether a process is ready for its callers. */
public interface Probe {

	HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	boolean isReady() throws IOException, InterruptedException;

	/** Creates a probe that succeeds when the port accepts connections. */
	static Probe port(int port) {
		return () -> {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
				return true;
			}
		};
	}

	/** Creates a probe that succeeds when the address responds with 200. */
	static Probe http(String url) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(3)).build();
		return () -> HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
	}

}
