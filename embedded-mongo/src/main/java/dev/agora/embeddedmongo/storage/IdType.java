package dev.agora.embeddedmongo.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Stores document ids in MongoDB's order, so that a collection can be scanned by id. */
public final class IdType extends BasicDataType<Object> {

	/** MongoDB's order of values of any type. */
	public static final Comparator<Object> ORDER = IdType::order;

	private static final byte TEXT = 1;

	private static final byte BSON = 2;

	private static final String FIELD = "k";

	private static int order(Object left, Object right) {
		if (left instanceof String text && right instanceof String other) {
			return text.compareTo(other);
		}
		return ValueComparator.ascWithoutListHandling().compare(left, right);
	}

	@Override
	public int compare(Object left, Object right) {
		return order(left, right);
	}

	@Override
	public int getMemory(Object id) {
		return (id instanceof String text) ? 56 + text.length() : 120;
	}

	@Override
	public void write(WriteBuffer buffer, Object id) {
		if (id instanceof String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			buffer.put(TEXT).putVarInt(bytes.length).put(bytes);
		}
		else {
			buffer.put(BSON);
			DocumentType.writeBson(buffer, new Document(FIELD, (id instanceof Missing) ? null : id));
		}
	}

	@Override
	public Object read(ByteBuffer buffer) {
		if (buffer.get() == TEXT) {
			byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
			buffer.get(bytes);
			return new String(bytes, StandardCharsets.UTF_8);
		}
		Object id = DocumentType.readBson(buffer).get(FIELD);
		return Objects.requireNonNullElse(id, Missing.getInstance());
	}

	@Override
	public Object[] createStorage(int size) {
		return new Object[size];
	}

}
