package io.trapline.app.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic with a few records, written and read as any client would. */
final class Records {

    static final String TOPIC = "records";
    private static final Duration READ_MAX = Duration.ofSeconds(20);

    private Records() {}

    static void createTopic(BrokerHandle broker) throws Exception {
        try (Admin admin = Admin.create(broker.clientConfig())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    /** In a transaction, so that the transaction coordinator has to work as well. */
    static void write(BrokerHandle broker, String... values) {
        Map<String, Object> config = new HashMap<>(broker.clientConfig());
        config.put("transactional.id", "records");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, value));
            }
            producer.commitTransaction();
        }
    }

    /** The committed records from the beginning, as many as asked for, or fewer if they do not come in time. */
    static List<String> read(BrokerHandle broker, int count) {
        Map<String, Object> config = new HashMap<>(broker.clientConfig());
        config.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            long deadlineNanos = System.nanoTime() + READ_MAX.toNanos();
            while (values.size() < count && System.nanoTime() < deadlineNanos) {
                for (ConsumerRecord<String, String> fetched : consumer.poll(Duration.ofMillis(200))) {
                    values.add(fetched.value());
                }
            }
            return values;
        }
    }
}
