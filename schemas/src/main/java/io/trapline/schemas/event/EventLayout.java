package io.trapline.schemas.event;

import io.trapline.schemas.avro.TraceChunk;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Where the fields of a kind lie in an {@link EventColumns} row: numbers and booleans take slots, strings take texts,
 * both in the order of the Avro record. Derived from the schema, so that wire and memory cannot drift apart.
 */
public final class EventLayout {
    /** The forms a field can have on the wire. */
    public enum Form {
        NUMBER,
        FLAG,
        TEXT
    }

    /** One field: {@code place} is its slot, or its text for {@link Form#TEXT}. */
    public record Field(String name, Form form, boolean nullable, int place) {}

    private static final Field[] NONE = {};
    private static final EventLayout[] BY_CODE = byCode();

    private final EventKind kind;
    private final Field[] fields;

    private EventLayout(EventKind kind, Field[] fields) {
        this.kind = kind;
        this.fields = fields;
    }

    public static EventLayout of(EventKind kind) {
        return BY_CODE[kind.code()];
    }

    /** The fields in wire order. */
    public List<Field> fields() {
        return List.of(fields);
    }

    /** The same without a copy, for encoder and decoder: not to be changed. */
    public Field[] fieldArray() {
        return fields;
    }

    /** Place of a field by its name in the schema; an unknown name is a bug. */
    public static int place(EventKind kind, String name) {
        for (Field field : of(kind).fields) {
            if (field.name().equals(name)) {
                return field.place();
            }
        }
        throw new IllegalArgumentException("no field " + name + " in " + kind);
    }

    private static EventLayout[] byCode() {
        EventLayout[] layouts = new EventLayout[EventKind.CODES];
        for (EventKind kind : EventKind.values()) {
            layouts[kind.code()] = new EventLayout(kind, kind.column() == null ? NONE : fieldsOf(kind));
        }
        return layouts;
    }

    private static Field[] fieldsOf(EventKind kind) {
        Schema record =
                TraceChunk.getClassSchema().getField(kind.column()).schema().getElementType();
        List<Field> fields = new ArrayList<>();
        int slots = 0;
        int texts = 0;
        for (Schema.Field field : record.getFields()) {
            boolean nullable = field.schema().isUnion();
            Form form = form(nullable ? field.schema().getTypes().get(1) : field.schema());
            int place = form == Form.TEXT ? texts++ : slots++;
            fields.add(new Field(field.name(), form, nullable, place));
        }
        if (slots > EventColumns.SLOTS || texts > EventColumns.TEXTS) {
            throw new IllegalStateException(kind + " has more fields than a row holds");
        }
        return fields.toArray(NONE);
    }

    private static Form form(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG -> Form.NUMBER;
            case BOOLEAN -> Form.FLAG;
            case STRING -> Form.TEXT;
            default -> throw new IllegalStateException("an event field cannot be " + schema.getType());
        };
    }

    @Override
    public String toString() {
        return kind + " " + fields();
    }
}
