package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs nginx with one worker as a proxy, for comparison. */
final class Nginx {

	private static final String CONFIGURATION = """
			daemon off;
			master_process off;
			pid %1$s/nginx.pid;
			error_log %1$s/error.log;
			events {}
			http {
			  access_log off;
			  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
			  uwsgi_temp_path %1$s; scgi_temp_path %1$s;
			  upstream behind { server %2$s; keepalive 64; }
			  server {
			    listen 127.0.0.1:%3$d;
			    keepalive_requests 1000000000;
			    location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }
			  }
			}
			""";

	private Nginx() {
	}

	static boolean isInstalled() {
		return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx").anyMatch((path) -> Files.isExecutable(Path.of(path)));
	}

	/** Starts nginx and returns its process id. */
	static long start(Children children, int port, String upstream) throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory("agora-nginx");
		Path file = Files.writeString(folder.resolve("nginx.conf"),
				CONFIGURATION.formatted(folder, URI.create(upstream).getAuthority(), port));
		Process process = children.program(List.of("nginx", "-c", file.toString()), Map.of());
		children.awaitReady(URI.create("http://127.0.0.1:" + port));
		return process.pid();
	}

}
