export default {
  tools: {
    report_lost_item: {
      examples: ['I left something behind.'],
      asks: ['left|lost|forgot|miss something|thing|things', 'have you found something|anything'],
      heard: ['i left something behind', 'i have lost something', 'i want to report a lost item'],
      questions: { item: 'What does it look like?' },
      doing: 'I put it on our list.',
    },
  },
};
