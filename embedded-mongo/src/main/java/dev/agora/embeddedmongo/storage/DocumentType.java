package dev.agora.embeddedmongo.storage;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Stores documents as BSON, which takes a fraction of the space of Java serialization.
 */
final class DocumentType extends BasicDataType<Document> {

	private static final int FIELD_OVERHEAD = 72;

	@Override
	public int getMemory(Document document) {
		return memory(document);
	}

	private static int memory(Object value) {
		int memory = FIELD_OVERHEAD;
		if (value instanceof String text) {
			memory += text.length();
		}
		else if (value instanceof Map<?, ?> map) {
			for (Object child : map.values()) {
				memory += (child != null) ? memory(child) : 0;
			}
		}
		else if (value instanceof Collection<?> list) {
			for (Object child : list) {
				memory += (child != null) ? memory(child) : 0;
			}
		}
		return memory;
	}

	@Override
	public void write(WriteBuffer buffer, Document document) {
		writeBson(buffer, document);
	}

	static void writeBson(WriteBuffer buffer, Document document) {
		ByteBuf bytes = Unpooled.buffer(512);
		BsonEncoder.encodeDocument(document, bytes);
		buffer.put(bytes.array(), 0, bytes.readableBytes());
	}

	@Override
	public Document read(ByteBuffer buffer) {
		return readBson(buffer);
	}

	static Document readBson(ByteBuffer buffer) {
		ByteBuf bytes = Unpooled.wrappedBuffer(buffer);
		Document document = BsonDecoder.decodeBson(bytes);
		buffer.position(buffer.position() + bytes.readerIndex());
		return document;
	}

	@Override
	public Document[] createStorage(int size) {
		return new Document[size];
	}

}
