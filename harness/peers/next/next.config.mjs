export default { serverExternalPackages: ['bullmq', 'ioredis'] };
