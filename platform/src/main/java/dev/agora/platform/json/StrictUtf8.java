package dev.agora.platform.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.InputDecorator;

/**
 * Refuses bodies that are not well-formed UTF-8. Jackson alone accepts overlong forms,
 * such as the bytes C0 AF for a slash.
 */
final class StrictUtf8 extends InputDecorator {

	private static final long serialVersionUID = 1L;

	@Override
	public InputStream decorate(IOContext context, InputStream body) {
		try {
			byte[] bytes = body.readAllBytes();
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return new ByteArrayInputStream(bytes);
		}
		catch (CharacterCodingException ex) {
			throw new StreamReadException("The body is not well-formed UTF-8.");
		}
		catch (IOException ex) {
			throw JacksonIOException.construct(ex);
		}
	}

	/** Does not check bytes, which come from the services themselves. */
	@Override
	public @Nullable InputStream decorate(IOContext context, byte[] bytes, int offset, int length) {
		return null;
	}

	@Override
	public Reader decorate(IOContext context, Reader reader) {
		return reader;
	}

}
